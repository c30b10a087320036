import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from '../lib/class-names.ts';

interface TextFieldProps extends ComponentProps<'input'> {
  label: string;
  hint?: ReactNode;
  error?: string | null;
  /** A button that belongs to the field, shown at its end. */
  action?: ReactNode;
}

export function TextField({ label, hint, error, action, className, ...rest }: TextFieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block font-medium text-soft text-xs">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={error ? true : undefined}
          aria-describedby={hint || error ? noteId : undefined}
          className={classNames(
            'h-8.5 min-w-0 flex-1 rounded-lg border bg-canvas px-2.5 text-sm shadow-card transition-colors placeholder:text-faint focus-visible:outline-offset-0',
            error ? 'border-bad' : 'border-line-strong',
          )}
          {...rest}
        />
        {action}
      </div>
      {(error || hint) && (
        <p id={noteId} className={classNames('mt-1.5 text-xs', error ? 'text-bad' : 'text-faint')}>
          {error || hint}
        </p>
      )}
    </div>
  );
}
