/**
 * Loaded by `--import` into a child: asks it to stop when the parent is gone, however that ended. The parent holds
 * the other end of standard input and never writes to it.
 */
process.stdin.once('end', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.once('error', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.resume();
// The watch alone must not keep a child running that has nothing more to do.
if ('unref' in process.stdin) process.stdin.unref();

export {};
