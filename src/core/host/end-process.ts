/**
 * Ends this process when a thread of its engine is left. Node waits for its threads, also for one that waits for a drive which does not answer:
 * only the kernel can end that one. What has to be written has been when the engine is closed; else the next start recovers.
 */
export function endIfHeldUp(engine: { readonly hasEnded: boolean } | null): void {
  if (engine && !engine.hasEnded) process.kill(process.pid, 'SIGKILL');
}
