import {
  Archive,
  BriefcaseBusiness,
  Camera,
  Cloud,
  Film,
  FlaskConical,
  HardDrive,
  House,
  Image,
  type LucideIcon,
  MemoryStick,
  Music,
  Server,
  Usb,
} from 'lucide-react';
import type { Volume } from '../../../shared/contract/volume.ts';
import { SdCard } from './sd-card-icon.ts';

export type VolumeIconName = typeof import('../../../shared/contract/volume.ts').VOLUME_ICONS[number];

export const VOLUME_ICON: Record<VolumeIconName, LucideIcon> = {
  drive: HardDrive,
  ssd: MemoryStick,
  usb: Usb,
  'sd-card': SdCard,
  camera: Camera,
  network: Server,
  cloud: Cloud,
  archive: Archive,
  music: Music,
  film: Film,
  photo: Image,
  briefcase: BriefcaseBusiness,
  home: House,
  lab: FlaskConical,
};

/** The colours offered; each is dark enough for the white glyph upon it (3:1). */
export const VOLUME_COLORS = ['#2b7fa8', '#1b8a6b', '#6f8f2e', '#b9791b', '#c8553d', '#c0476f', '#8457b8', '#5468c4', '#5f7080'] as const;

const isIconName = (name: string): name is VolumeIconName => Object.hasOwn(VOLUME_ICON, name);

/** The user's icon for it, else one that says what it is. */
export function iconOf(volume: Volume): LucideIcon {
  const chosen = volume.tracking?.icon;
  if (chosen && isIconName(chosen)) return VOLUME_ICON[chosen];
  if (volume.mountType === 'Network') return VOLUME_ICON.network;
  if (volume.mountType === 'Image') return VOLUME_ICON.archive;
  if (volume.mountType === 'External' && volume.isRemovable) return VOLUME_ICON.usb;
  return VOLUME_ICON.drive;
}

/** The user's colour for it, else the quiet one of its kind. */
export function colorOf(volume: Volume): string {
  if (volume.tracking?.color) return volume.tracking.color;
  return volume.mountType === 'System' ? '#5f7080' : volume.mountType === 'Image' ? '#54809b' : '#2b7fa8';
}
