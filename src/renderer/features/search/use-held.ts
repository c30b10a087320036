import { useState } from 'react';

/** What was there when it began to be held; while it is not, what is there now. */
export function useHeld<T>(now: T, isHeld: boolean): T {
  const [held, setHeld] = useState(now);
  if (!isHeld && held !== now) setHeld(now);
  return isHeld ? held : now;
}
