/** Of each period a process works for so long, in milliseconds. */
const WORK_MS = 5;
const PERIOD_MS = 50;

/**
 * Lets a process work for a tenth of the time while something goes on, so that what it does can be caught in the middle of it on any machine, however
 * late one comes.
 */
export async function slowed<T>(pid: number, act: () => Promise<T>): Promise<T> {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  const timer = setInterval(() => {
    process.kill(pid, 'SIGCONT');
    // Nothing of ours may come between the two.
    Atomics.wait(clock, 0, 0, WORK_MS);
    process.kill(pid, 'SIGSTOP');
  }, PERIOD_MS);
  try {
    return await act();
  } finally {
    clearInterval(timer);
    process.kill(pid, 'SIGCONT');
  }
}
