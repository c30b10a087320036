import { useEffect, useRef } from 'react';

/** A question that has gone unanswered for so long is abandoned when there is a newer one. */
const ABANDON_AFTER_MS = 120;

interface Asking<Question> {
  /** What should be asked now. */
  wanted: Question;
  /** What is being asked, or was asked last. */
  asked: Question;
  /** Its answer is still awaited. */
  isBusy: boolean;
  ask: (question: Question) => void;
}

/**
 * Asks the newest question as soon as the one before is answered, or has taken so long that it is abandoned. Those in between are never
 * asked: however fast somebody types, one question is under way, and one waits.
 */
export function useOneAtATime<Question>({ wanted, asked, isBusy, ask }: Asking<Question>): void {
  const askedAt = useRef(0);
  const [askedKey, wantedKey] = [JSON.stringify(asked), JSON.stringify(wanted)];
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked when it changes.
  useEffect(() => {
    askedAt.current = performance.now();
  }, [askedKey]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys stand for the questions.
  useEffect(() => {
    if (askedKey === wantedKey) return;
    if (!isBusy) {
      ask(wanted);
      return;
    }
    const timer = setTimeout(() => ask(wanted), askedAt.current + ABANDON_AFTER_MS - performance.now());
    return () => clearTimeout(timer);
  }, [askedKey, wantedKey, isBusy]);
}
