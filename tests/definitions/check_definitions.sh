#!/usr/bin/env bash
# Tests that no two types of one namespace have one name: the linker would take the members of either for both, silently.
# Prints each name with its places, then `N passed, N failed`.
set -euo pipefail
cd "$(dirname "$0")/../.."

find async ecmascript crypto dotenv fetch fastify clerk instance clerkd conformance examples bench fuzz \
  \( -name '*.hpp' -o -name '*.cpp' \) -print0 | sort -z | xargs -0 perl -e '
  my (%places, $program);
  for my $file (@ARGV) {
    my ($depth, @scopes) = (0);
    # Programs that are never linked together may each have an App; a room of the library may not.
    ($program) = $file =~ m{^((?:conformance|examples|bench|fuzz)/[^/]+)};
    open(my $in, "<", $file) or die "$file: $!";
    while (my $line = <$in>) {
      $line =~ s{//.*}{};
      $line =~ s{"(?:\\.|[^"\\])*"}{""}g;
      $line =~ s{\x27(?:\\.|[^\x27\\])\x27}{0}g;
      my ($opened, $closed) = ($line =~ tr/{//, $line =~ tr/}//);
      if ($line =~ /^\s*(?:inline )?namespace\s*([\w:]*)[^;=]*\{/) {
        push @scopes, [$depth, length $1 ? $1 : "(anonymous)"];
      } else {
        if ($line =~ /^(?:template.*>\s*)?(?:struct|class|enum class)\s+(\w+)(?:\s+final)?\s*(?::[^:].*)?\{/ && !grep { !defined $_->[1] } @scopes) {
          my $name = join("::", map { $_->[1] } @scopes) . "::$1";
          push @{$places{($program // "") . " $name"}}, "$file:$." unless $name =~ /\(anonymous\)/;
        }
        push @scopes, [$depth, undef] if $opened > $closed;
      }
      $depth += $opened - $closed;
      pop @scopes while @scopes && $scopes[-1][0] >= $depth;
    }
  }
  my ($passed, $failed) = (0, 0);
  for my $name (sort keys %places) {
    if (@{$places{$name}} == 1) { $passed++; next }
    $failed++;
    print "defined twice:$name\n", map { "  $_\n" } @{$places{$name}};
  }
  print "$passed passed, $failed failed\n";
  exit($failed || !$passed ? 1 : 0);'
