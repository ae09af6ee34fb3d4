#!/usr/bin/env bash
# Tests the arrows between the folders of this project: reads every #include and holds it against rules.txt.
# Prints each arrow that must not be, then `N passed, N failed`.
set -euo pipefail
cd "$(dirname "$0")/../.."
rules=tests/includes/rules.txt
parts=(async ecmascript crypto dotenv fetch fastify clerk instance clerkd examples conformance tests bench fuzz)

present=()
for part in "${parts[@]}"; do [ -d "$part" ] && present+=("$part"); done

# Every include as `file<TAB>target`: a path of this project where the file exists, else the <header> as written.
arrows="$(mktemp)"
files="$(mktemp)"
trap 'rm -f "$arrows" "$files"' EXIT
find "${present[@]}" -name node_modules -prune -o \( -name '*.cpp' -o -name '*.hpp' \) -print | sort >"$files"
xargs -d '\n' grep -HnE '^[[:space:]]*#[[:space:]]*include' <"$files" |
  perl -ne '
    next unless m{^([^:]+):\d+:\s*#\s*include\s*([<"])([^>"]+)};
    my ($from, $kind, $target) = ($1, $2, $3);
    if ($kind eq "<") { print "$from\t<$target>\n"; next }
    my ($folder) = $from =~ m{^(.*)/};
    my ($part) = $from =~ m{^([^/]+)};
    my @places = ($folder, "$part/src", glob("$part/src/*"), ".");
    my ($found) = grep { -e } map { "$_/$target" } @places;
    $found //= $target;
    1 while $found =~ s{(^|/)(?!\.\./)[^/]+/\.\./}{$1};
    $found =~ s{^\./}{};
    print "$from\t$found\n";' >"$arrows"

perl -e '
  my ($rules, $arrows, $files) = @ARGV;
  my $read = sub { open(my $in, "<", $_[0]) or die "$_[0]: $!"; my @lines = <$in>; chomp @lines; @lines };
  my @files = $read->($files);
  my @arrows = map { [split /\t/] } $read->($arrows);
  my ($passed, $failed) = (0, 0);
  for my $line ($read->($rules)) {
    next if $line =~ /^\s*(#|$)/;
    my ($from, $to, $why) = $line =~ /^(\S.*?) \| (\S.*) \| (.*)$/ or die "not a rule: $line";
    my @wrong = grep { $_->[0] =~ /$from/ && $_->[1] =~ /$to/ } @arrows;
    if (!grep { /$from/ } @files) { print "FAIL $why: no file matches $from\n"; $failed++ }
    elsif (@wrong) { print "FAIL $why:\n", map { "     $_->[0] includes $_->[1]\n" } @wrong; $failed++ }
    else { $passed++ }
  }
  print "$passed passed, $failed failed\n";
  exit($failed || !$passed ? 1 : 0);' "$rules" "$arrows" "$files"
