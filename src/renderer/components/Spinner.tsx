import { LoaderCircle } from 'lucide-react';
import { classNames } from '../lib/class-names.ts';

export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={classNames('animate-spin text-current', className ?? 'size-4')} />;
}
