import { create } from 'zustand';

export interface Toast {
  id: string;
  tone: 'neutral' | 'good' | 'bad';
  title: string;
  text?: string;
  action?: { label: string; run: () => void };
  /** Of several of a group, the newest alone is shown. */
  group?: string;
  /** Takes back what it tells of. */
  undo?: () => void;
  /** What it tells of is under way: it stays until that has ended. */
  isWorking?: boolean;
}

interface ToastState {
  toasts: Toast[];
  dismiss(id: string): void;
}

const MOST_AT_ONCE = 4;

export const useToasts = create<ToastState>((set) => ({
  toasts: [],
  dismiss: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
}));

/** Before this, nobody needs to be told that something is being done. */
const UNTOLD_MS = 1000;

/** Says that something is under way which takes longer than a moment. @returns to be called when it has ended */
export function showWorking(title: string, text: string): () => void {
  const group = crypto.randomUUID();
  const timer = setTimeout(() => showToast({ tone: 'neutral', title, text, group, isWorking: true }), UNTOLD_MS);
  return () => {
    clearTimeout(timer);
    useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.group !== group) }));
  };
}

/** Shows a short message in the corner. It goes by itself; errors stay until they are closed. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  useToasts.setState(({ toasts }) => {
    const others = toasts.filter(({ group }) => group === undefined || group !== toast.group);
    return { toasts: [...others, { ...toast, id: crypto.randomUUID() }].slice(-MOST_AT_ONCE) };
  });
}
