import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { showToast, showWorking, useToasts } from './toast-store.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  useToasts.setState({ toasts: [] });
});

const titles = () => useToasts.getState().toasts.map(({ title }) => title);

it('tells of what takes longer than a moment, until it has ended', () => {
  const ended = [showWorking('short', ''), showWorking('long', ''), showWorking('longer', '')];
  vi.advanceTimersByTime(500);
  ended[0]?.();
  expect(titles()).toEqual([]);
  vi.advanceTimersByTime(600);
  expect(titles()).toEqual(['long', 'longer']);
  showToast({ tone: 'good', title: 'something else' });
  ended[1]?.();
  expect(titles()).toEqual(['longer', 'something else']);
});
