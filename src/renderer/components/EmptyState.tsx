import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: LucideIcon;
  title: ReactNode;
  text?: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ icon: Icon, title, text, action }: EmptyStateProps) {
  return (
    <div className="flex h-full min-h-56 flex-col items-center justify-center px-8 py-10 text-center">
      <Icon aria-hidden className="mb-3.5 size-9 text-line-strong" strokeWidth={1.4} />
      <div className="font-semibold text-base">{title}</div>
      {text && <p className="mt-1 max-w-96 text-soft text-sm leading-5">{text}</p>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
