import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';

/** What a volume is, in a few words: “External SSD · exFAT”. */
export function useVolumeKind(): (volume: Volume) => string {
  const { t } = useTranslation();
  return ({ mountType, diskType, fileSystem }) => {
    const disk = diskType === 'SSD' || diskType === 'HDD' ? diskType : 'drive';
    return `${t(`kind.${mountType}.${disk}`)} · ${fileSystem}`;
  };
}
