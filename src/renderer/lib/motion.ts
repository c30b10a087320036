/** Whether nothing is to move: the system says so, or the user does in the settings. */
export function prefersLessMotion(): boolean {
  return document.documentElement.dataset.motion === 'reduced' || window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
