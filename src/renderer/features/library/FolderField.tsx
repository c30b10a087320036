import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShell } from '../../app/shell.ts';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/TextField.tsx';
import { FolderChooser } from '../entry/FolderChooser.tsx';

interface FolderFieldProps {
  label: string;
  hint?: string;
  placeholder?: string;
  value: string;
  onChange: (path: string) => void;
}

const isAbsolute = (path: string) =>
  path.startsWith('/') || path.startsWith('sd://') || /^[A-Za-z]:[\\/]/.test(path) || path.startsWith('\\\\');

/** A folder of this computer: chosen in the system's dialog on the desktop, among the folders shown here in a browser; or typed. */
export function FolderField({ label, hint, placeholder, value, onChange }: FolderFieldProps) {
  const { t } = useTranslation();
  const shell = useShell((state) => state.client);
  const [isChoosing, setChoosing] = useState(false);
  const error = value !== '' && !isAbsolute(value) ? t('common.absolutePathNeeded') : null;
  const choose = async () => {
    if (!shell) return setChoosing(!isChoosing);
    const { path } = await shell.chooseFolder({ title: label, ...(isAbsolute(value) ? { defaultPath: value } : {}) });
    if (path !== null) onChange(path);
  };
  return (
    <div>
      <TextField
        label={label}
        value={value}
        error={error}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
        {...(hint ? { hint } : {})}
        action={
          <Button icon={FolderOpen} className="h-8.5" {...(shell ? {} : { 'aria-expanded': isChoosing })} onClick={() => void choose()}>
            {t('common.choose')}
          </Button>
        }
      />
      {isChoosing && <FolderChooser label={label} onChoose={onChange} />}
    </div>
  );
}
