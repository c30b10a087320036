import type { Addresses } from '#core/entry/entry-address.ts';
import { toBytes } from '#core/fs/native-path.ts';
import type { FileAction } from '#shared/contract/action.ts';
import { formatVolumePath } from '#shared/sd-path.ts';

/**
 * The same action with addresses by volume where one is known, so that it means the same wherever that is mounted when it is done, goes on, or
 * is taken back.
 *
 * @throws MooringError `INVALID_INPUT`, `NOT_SUPPORTED` as `Addresses.read`
 */
export function byVolume(action: FileAction, addresses: Addresses): FileAction {
  const address = (input: string) => volumeAddress(input, addresses);
  switch (action.type) {
    case 'file.copy':
    case 'file.move':
      return {
        ...action,
        sources: action.sources.map(address),
        destination: address(action.destination),
        answers: action.answers.map(({ source, answer }) => ({ source: address(source), answer })),
      };
    case 'file.duplicate':
    case 'file.rename-many':
    case 'file.trash':
    case 'file.delete':
      return { ...action, sources: action.sources.map(address) };
    case 'file.rename':
      return { ...action, items: action.items.map(({ path, name }) => ({ path: address(path), name })) };
    case 'file.create-folder':
    case 'file.create-file':
      return { ...action, parent: address(action.parent) };
    case 'file.create-link':
      return { ...action, parent: address(action.parent), target: address(action.target) };
    case 'file.restore':
      return action;
  }
}

/** An address as it holds for long. Where no volume is known it stays what it is. */
export function volumeAddress(input: string, addresses: Addresses): string {
  const { fingerprint, names } = addresses.read(input);
  if (fingerprint === null) return input;
  const path = names.flatMap((name) => [Buffer.from('/'), toBytes(name)]);
  return formatVolumePath(fingerprint, Buffer.concat(path));
}
