import { FolderOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useShell } from '../../app/shell.ts';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/TextField.tsx';

interface FolderFieldProps {
  label: string;
  hint?: string;
  placeholder?: string;
  value: string;
  onChange: (path: string) => void;
}

const isAbsolute = (path: string) =>
  path.startsWith('/') || path.startsWith('sd://') || /^[A-Za-z]:[\\/]/.test(path) || path.startsWith('\\\\');

/** A folder of this computer: chosen in the system's dialog on the desktop, typed in a browser. */
export function FolderField({ label, hint, placeholder, value, onChange }: FolderFieldProps) {
  const { t } = useTranslation();
  const shell = useShell((state) => state.client);
  const error = value !== '' && !isAbsolute(value) ? t('common.absolutePathNeeded') : null;
  return (
    <TextField
      label={label}
      value={value}
      error={error}
      placeholder={placeholder}
      onChange={(event) => onChange(event.target.value)}
      {...(hint ? { hint } : {})}
      action={
        shell && (
          <Button
            icon={FolderOpen}
            className="h-8.5"
            onClick={async () => {
              const { path } = await shell.chooseFolder({ title: label, ...(isAbsolute(value) ? { defaultPath: value } : {}) });
              if (path !== null) onChange(path);
            }}
          >
            {t('common.choose')}
          </Button>
        )
      }
    />
  );
}
