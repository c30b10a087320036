import type { VerifyMode } from '#shared/contract/file.ts';
import type { Destination } from './destination.ts';
import type { TransferRequest } from './transfer-messages.ts';

/**
 * How the copy of a file is compared with it. A source is only removed when its copy was read again.
 *
 * @param isAcross whether it comes from another file system
 */
export function verifyModeFor(
  { kind, verify }: Pick<TransferRequest, 'kind' | 'verify'>,
  destination: Destination | null,
  isAcross: boolean,
): VerifyMode {
  if (kind === 'move') return 'hash';
  if (verify !== 'auto') return verify;
  return isAcross && (destination?.mount?.isDoubtful ?? true) ? 'hash' : 'size';
}
