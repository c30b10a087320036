import type { Logger } from '#core/log/logger.ts';
import { toMooringError } from '#shared/contract/error.ts';
import type { Volume } from '#shared/contract/volume.ts';
import type { EngineConnection } from './engine-connection.ts';
import type { Notifications } from './notifications.ts';

/** What tray and notifications do to a drive. How it went is told by a notification, since no window need be there. */
export class VolumeActions {
  readonly #connection: EngineConnection;
  readonly #notifications: () => Notifications;
  readonly #log: Logger;

  constructor(connection: EngineConnection, notifications: () => Notifications, log: Logger) {
    this.#connection = connection;
    this.#notifications = notifications;
    this.#log = log;
  }

  track(volume: Volume): Promise<void> {
    return this.#attempt(async () => {
      const client = await this.#connection.client();
      this.#notifications().tracked(await client.volumes.track({ volume: volume.fingerprint }));
    });
  }

  notNow(volume: Volume): Promise<void> {
    return this.#attempt(async () => {
      const client = await this.#connection.client();
      await client.volumes.dismissPrompt({ volume: volume.fingerprint });
    });
  }

  eject(volume: Volume): Promise<void> {
    return this.#attempt(async () => {
      const client = await this.#connection.client();
      const operation = await client.volumes.eject({ volume: volume.fingerprint });
      if (operation.error) this.#notifications().failed(operation.error.message);
      else this.#notifications().ejected(volume.name);
    });
  }

  async #attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      const failure = toMooringError(error);
      this.#log.warn({ err: failure }, 'An action from tray or notification failed');
      this.#notifications().failed(failure.message);
    }
  }
}
