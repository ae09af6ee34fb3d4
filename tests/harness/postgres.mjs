// A PostgreSQL server of the test's own: data and socket in a temporary folder, no port. Needs Debian's postgresql-15.
import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import path from 'node:path';
import { Program, temporaryFolder } from './process.mjs';

const programs = '/usr/lib/postgresql/15/bin';

/** The server refuses to run as root: it then gets the user that Debian's package made. */
function serverUser() {
  if (process.getuid() !== 0) return {};
  const id = flag => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

export async function startPostgres() {
  const folder = temporaryFolder('postgres'), data = path.join(folder, 'data'), user = serverUser();
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  execFileSync(`${programs}/initdb`, ['--no-sync', '--auth=trust', '--username=clerk', '--encoding=UTF8', '--locale=C.UTF-8', '-D', data],
    { ...user, cwd: '/', stdio: 'pipe' });
  const program = new Program(`${programs}/postgres`, ['-D', data, '-k', folder, '-h', '', '-c', 'fsync=off'], { ...user, cwd: '/' });
  await program.line(/database system is ready to accept connections/);
  return {
    // The folder is the host of a URI when its slashes are encoded.
    url: `postgresql://clerk@${encodeURIComponent(folder)}/postgres`,
    stop: () => program.stop('SIGINT'),  // SIGTERM waits for clients to leave
  };
}
