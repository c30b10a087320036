import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import type { MessagePortMain } from './message-ports.ts';
import { installPageWorld, type WireMessage } from './page-world.ts';

const WORLD = 'electron-preload';
const BINDING = 'electronStandInSend';

/**
 * Joins a page's isolated world to this process: the preload script runs there (so context isolation is Chromium's own),
 * and what it sends comes back through a binding that only that world has.
 */
export class PageBridge {
  readonly #session: CDPSession;
  readonly #onIpc: (channel: string, args: unknown[]) => void;
  readonly #ports = new Map<number, MessagePortMain>();
  #context: number | null = null;
  #mainFrame = '';
  #nextPort = 1;
  #batch: WireMessage[] = [];

  private constructor(session: CDPSession, onIpc: (channel: string, args: unknown[]) => void) {
    this.#session = session;
    this.#onIpc = onIpc;
  }

  static async attach(page: Page, preloadPath: string, onIpc: (channel: string, args: unknown[]) => void): Promise<PageBridge> {
    const session = await page.context().newCDPSession(page);
    const bridge = new PageBridge(session, onIpc);
    await bridge.#listen();
    const preload = await readFile(preloadPath, 'utf8');
    const run = `(require) => { const module = { exports: {} }; (function (exports, require, module) {${preload}\n})(module.exports, require, module); }`;
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: WORLD,
      source: `(${installPageWorld.toString()})(${BINDING}, ${run});`,
    });
    return bridge;
  }

  async #listen(): Promise<void> {
    const { frameTree } = await this.#session.send('Page.getFrameTree');
    this.#mainFrame = frameTree.frame.id;
    this.#session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === WORLD && context.auxData?.frameId === this.#mainFrame) {
        this.#forgetDocument();
        this.#context = context.id;
      }
    });
    this.#session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#context) this.#forgetDocument();
    });
    this.#session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === BINDING && executionContextId === this.#context) this.#receive(JSON.parse(payload));
    });
    await this.#session.send('Page.enable');
    await this.#session.send('Runtime.enable');
    await this.#session.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD });
  }

  /** Sends to the preload script; `ports` are given away. */
  postMessage(channel: string, message: unknown, ports: readonly MessagePortMain[]): void {
    const ids = ports.map((port) => {
      const id = this.#nextPort++;
      this.#ports.set(id, port);
      return id;
    });
    this.#post({ kind: 'ipc', channel, args: [message], ports: ids });
    for (const [index, port] of ports.entries()) this.#connect(ids[index] ?? 0, port);
  }

  #connect(id: number, port: MessagePortMain): void {
    port.transfer({
      send: (data) => this.#post({ kind: 'port', port: id, data: encode(data) }),
      close: () => {
        if (this.#ports.delete(id)) this.#post({ kind: 'close', port: id });
      },
    });
  }

  /** Files that are about to be dropped on the page: where they lie is known to the preload script alone. */
  async expectFiles(paths: readonly string[]): Promise<void> {
    const files = paths.map((path) => [basename(path), path]);
    const expression = `electronStandInExpectFiles(${JSON.stringify(files)})`;
    await this.#session.send('Runtime.evaluate', { expression, ...(this.#context === null ? {} : { contextId: this.#context }) });
  }

  /** A document that is gone takes its ports with it. */
  close(): void {
    this.#forgetDocument();
  }

  #forgetDocument(): void {
    this.#context = null;
    this.#batch = [];
    const ports = [...this.#ports.values()];
    this.#ports.clear();
    for (const port of ports) port.close();
  }

  #receive(messages: WireMessage[]): void {
    for (const message of messages) {
      if (message.kind === 'ipc') this.#onIpc(message.channel, message.args);
      if (message.kind === 'port') this.#ports.get(message.port)?.receiveFromPage(decode(message.data));
      if (message.kind === 'close') {
        const port = this.#ports.get(message.port);
        this.#ports.delete(message.port);
        port?.close();
      }
    }
  }

  #post(message: WireMessage): void {
    if (this.#batch.push(message) > 1) return;
    setImmediate(() => {
      const messages = this.#batch;
      const contextId = this.#context;
      this.#batch = [];
      if (contextId === null || messages.length === 0) return;
      const expression = `electronStandInReceive(${JSON.stringify(messages)})`;
      // The document may go away while the message is on its way; then nobody is left to receive it.
      this.#session.send('Runtime.evaluate', { expression, contextId }).catch(() => undefined);
    });
  }
}

function encode(data: unknown): unknown {
  return ArrayBuffer.isView(data) ? { $bytes: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') } : data;
}

function decode(data: unknown): unknown {
  return typeof data === 'object' && data !== null && '$bytes' in data ? new Uint8Array(Buffer.from(String(data.$bytes), 'base64')) : data;
}
