import { MooringError } from '#shared/contract/error.ts';

/**
 * Moves a library's folder to the system's trash.
 * @throws MooringError `NOT_SUPPORTED` where the system has no trash for that place; the folder is then where it was
 */
export async function moveToTrash(folder: string): Promise<void> {
  try {
    // Loaded when needed: it brings a program for each system.
    const { default: trash } = await import('trash');
    await trash([folder], { glob: false });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MooringError(
      'NOT_SUPPORTED',
      `${folder} could not be moved to the trash (${reason}). Nothing was deleted; you can remove the folder yourself.`,
      { cause },
    );
  }
}
