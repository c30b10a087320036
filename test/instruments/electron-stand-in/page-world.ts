/** What crosses between a page's isolated world and the main process, in batches. Bytes travel as `{ $bytes: base64 }`. */
export type WireMessage =
  | { kind: 'ipc'; channel: string; args: unknown[]; ports: number[] }
  | { kind: 'port'; port: number; data: unknown }
  | { kind: 'close'; port: number };

/** A port as the page has it. */
interface PagePort {
  onmessage: ((event: { data: unknown }) => void) | null;
  postMessage(data: unknown): void;
  addEventListener(name: 'close', listener: () => void): void;
  close(): void;
}

/**
 * Runs in the isolated world of a page, before any of the page's own scripts; its source text is what is sent there.
 * Gives the preload script its `require('electron')` and keeps one real MessagePort for each port that main transferred.
 */
export function installPageWorld(send: (json: string) => void, runPreload: (require: (name: string) => unknown) => void): void {
  type Handler = (event: { ports: PagePort[] }, ...args: unknown[]) => void;
  const handlers = new Map<string, Handler[]>();
  const ports = new Map<number, PagePort>();
  const paths = new Map<string, string>();
  let batch: unknown[] = [];

  const post = (message: unknown) => {
    if (batch.push(message) === 1) {
      queueMicrotask(() => {
        const messages = batch;
        batch = [];
        send(JSON.stringify(messages));
      });
    }
  };
  const encode = (data: unknown): unknown => {
    if (data instanceof ArrayBuffer) return encode(new Uint8Array(data));
    if (!ArrayBuffer.isView(data)) return data;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    let binary = '';
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return { $bytes: btoa(binary) };
  };
  const decode = (data: unknown): unknown => {
    if (typeof data !== 'object' || data === null || !('$bytes' in data)) return data;
    return Uint8Array.from(atob(String(data.$bytes)), (char) => char.charCodeAt(0));
  };
  const openPort = (id: number): PagePort => {
    const { port1, port2 } = new MessageChannel() as unknown as Record<'port1' | 'port2', PagePort>;
    ports.set(id, port1);
    port1.onmessage = (event) => post({ kind: 'port', port: id, data: encode(event.data) });
    port1.addEventListener('close', () => {
      if (ports.delete(id)) post({ kind: 'close', port: id });
    });
    return port2;
  };

  const receive = (messages: { kind: string; channel: string; args: unknown[]; ports: number[]; port: number; data: unknown }[]) => {
    for (const message of messages) {
      if (message.kind === 'port') ports.get(message.port)?.postMessage(decode(message.data));
      if (message.kind === 'close') {
        ports.get(message.port)?.close();
        ports.delete(message.port);
      }
      if (message.kind === 'ipc') {
        const event = { ports: message.ports.map(openPort) };
        for (const handler of handlers.get(message.channel) ?? []) handler(event, ...message.args);
      }
    }
  };
  const expectFiles = (files: [name: string, path: string][]) => {
    for (const [name, path] of files) paths.set(name, path);
  };
  Object.assign(globalThis, { electronStandInReceive: receive, electronStandInExpectFiles: expectFiles });

  const electron = {
    ipcRenderer: {
      send: (channel: string, ...args: unknown[]) => post({ kind: 'ipc', channel, args, ports: [] }),
      on: (channel: string, handler: Handler) => handlers.set(channel, [...(handlers.get(channel) ?? []), handler]),
    },
    webUtils: {
      // Chromium tells no script where a file lies; whoever drops it says so beforehand (`PageBridge.expectFiles`).
      getPathForFile: (file: { name: string }) => paths.get(file.name) ?? '',
    },
  };
  runPreload((name) => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`);
    return electron;
  });
}
