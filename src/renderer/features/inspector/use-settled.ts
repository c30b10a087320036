import { useEffect, useState } from 'react';

/** Follows a value when it has been the same for a while: whoever holds an arrow down wants to see none of what is passed by. */
export function useSettled<T>(value: T, forMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), forMs);
    return () => clearTimeout(timer);
  }, [value, forMs]);
  return settled;
}
