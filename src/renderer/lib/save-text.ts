import { useShell } from '../app/shell.ts';

/** Saves a text as a file: where the user says on the desktop, among the downloads in a browser. False when the user cancelled. */
export async function saveText(name: string, text: string): Promise<boolean> {
  const { client } = useShell.getState();
  if (client) return (await client.saveText({ name, text })).isSaved;
  const address = URL.createObjectURL(new Blob([text], { type: name.endsWith('.json') ? 'application/json' : 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return true;
}
