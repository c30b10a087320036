import { createLucideIcon } from 'lucide-react';

/** Lucide has no memory card; drawn on its 24-pixel grid. */
export const SdCard = createLucideIcon('sd-card', [
  ['path', { d: 'M9.5 2H17a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6.5z', key: 'body' }],
  ['path', { d: 'M10 6v3M13 6v3M16 6v3', key: 'contacts' }],
]);
