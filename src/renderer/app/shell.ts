import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { create } from 'zustand';
import type { AppInfo, ShellClient } from '../../shared/contract/shell.ts';

interface ShellState {
  /** The window's own process; null in a plain browser. */
  client: ShellClient | null;
  app: AppInfo | null;
  connect(port: MessagePort): void;
}

/** What only the desktop offers: folder dialogs, the system's file manager, native theme. */
export const useShell = create<ShellState>((set) => ({
  client: null,
  app: null,
  connect(port) {
    const client: ShellClient = createORPCClient(new RPCLink({ port }));
    port.start();
    set({ client });
    client.appInfo().then(
      (app) => {
        document.documentElement.dataset.platform = app.platform;
        set({ app });
      },
      (error: unknown) => console.error('The window did not say what it is.', error),
    );
  },
}));
