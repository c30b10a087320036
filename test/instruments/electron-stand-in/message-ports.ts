import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';

/** Where a port's messages go once the port has been given to a page. */
export interface PortBridge {
  send(data: unknown): void;
  close(): void;
}

type Listener = (event: { data: unknown; ports: [] }) => void;

/** Messages wait until the receiving end has called `start`, as in Electron. */
export class MessagePortMain extends EventEmitter implements Pick<Electron.MessagePortMain, 'start' | 'close' | 'postMessage'> {
  #peer: MessagePortMain | null = null;
  #bridge: PortBridge | null = null;
  #waiting: unknown[] = [];
  #started = false;
  #closed = false;

  static entangle(a: MessagePortMain, b: MessagePortMain): void {
    a.#peer = b;
    b.#peer = a;
  }

  override on(name: 'message' | 'close', listener: Listener | (() => void)): this {
    return super.on(name, listener);
  }

  start(): void {
    this.#started = true;
    for (const data of this.#waiting.splice(0)) this.#deliver(data);
  }

  postMessage(message: unknown): void {
    this.#peer?.receive(structuredClone(message));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const peer = this.#peer;
    this.#peer = null;
    this.#bridge?.close();
    setImmediate(() => this.emit('close'));
    peer?.close();
  }

  /** Gives this port away to a page: from now on what its peer posts goes over the bridge. */
  transfer(bridge: PortBridge): void {
    this.#bridge = bridge;
    for (const data of this.#waiting.splice(0)) bridge.send(data);
  }

  /** What the page posted on the transferred port. */
  receiveFromPage(data: unknown): void {
    this.#peer?.receive(data);
  }

  receive(data: unknown): void {
    if (this.#bridge) this.#bridge.send(data);
    else if (this.#started) this.#deliver(data);
    else this.#waiting.push(data);
  }

  #deliver(data: unknown): void {
    setImmediate(() => {
      if (!this.#closed) this.emit('message', { data, ports: [] });
    });
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain();
  readonly port2 = new MessagePortMain();

  constructor() {
    MessagePortMain.entangle(this.port1, this.port2);
  }
}

class IpcMain extends EventEmitter {
  /** Called by a page's bridge. */
  dispatch(channel: string, event: object, args: unknown[]): void {
    this.emit(channel, event, ...args);
  }
}

export const ipcMain = new IpcMain();
