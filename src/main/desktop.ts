import { join } from 'node:path';
import { app, Menu, shell } from 'electron';
import type { HostPaths } from '#core/host/host-paths.ts';
import type { Logger } from '#core/log/logger.ts';
import type { CommandId } from '#shared/command-keys.ts';
import type { Config } from '#shared/contract/config.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import type { DomainEvent } from '#shared/contract/event.ts';
import type { ShellCommand } from '#shared/contract/shell.ts';
import type { Volume } from '#shared/contract/volume.ts';
import type { AppWindows } from './app-windows.ts';
import { parseDeepLink } from './deep-link.ts';
import type { EngineConnection } from './engine-connection.ts';
import { followEngineEvents } from './engine-events.ts';
import { JobWatch } from './job-watch.ts';
import { setStartAtLogin } from './login-item.ts';
import { applicationMenu } from './menu.ts';
import { Notifications } from './notifications.ts';
import type { PageCommands } from './page-commands.ts';
import { ShownVolumes, type VolumeChange } from './shown-volumes.ts';
import type { Texts } from './texts.ts';
import { TrayIcon } from './tray.ts';
import { VolumeActions } from './volume-actions.ts';

export interface DesktopOptions {
  paths: HostPaths;
  resources: string;
  connection: EngineConnection;
  windows: AppWindows;
  commands: PageCommands;
  texts: Texts;
  log: Logger;
}

/** Everything beside the page that shows what the engine tells: menu, tray, notifications, taskbar. */
export class Desktop {
  readonly #options: DesktopOptions;
  readonly #notifications: Notifications;
  readonly #tray: TrayIcon;
  readonly #volumes: ShownVolumes;
  readonly #jobs: JobWatch;
  #shown: readonly Volume[] = [];
  #config: Config | null = null;

  constructor(options: DesktopOptions) {
    this.#options = options;
    const { connection, windows, texts, log, resources } = options;
    const actions = new VolumeActions(connection, () => this.#notifications, log);
    const openVolume = (fingerprint: string) => this.command({ type: 'open-volume', fingerprint });
    const track = (volume: Volume) => void actions.track(volume);
    this.#notifications = new Notifications(texts, join(resources, 'icons', '256x256.png'), {
      openVolume,
      track,
      notNow: (volume) => void actions.notNow(volume),
      showJobs: () => this.command({ type: 'show-jobs' }),
    });
    this.#tray = new TrayIcon(resources, texts, {
      openVolume,
      track,
      eject: (volume) => void actions.eject(volume),
      show: () => windows.show(),
      settings: () => this.#page('app.settings'),
      quit: () => app.quit(),
    });
    this.#volumes = new ShownVolumes((change) => this.#showVolumes(change), log);
    this.#jobs = new JobWatch({
      onProgress: (fraction) => windows.setProgress(fraction),
      onEnded: (job) => {
        if (!windows.isVisible) this.#notifications.jobEnded(job);
      },
    });
    this.#showMenu();
    this.#tray.update([]);
    followEngineEvents(
      connection,
      { onConnected: (client) => void this.#connected(client), onEvent: (event, client) => void this.#handle(event, client) },
      log,
    );
  }

  get keepsInTray(): boolean {
    return this.#config?.desktop.keepInTray ?? false;
  }

  /** Brings the window to the front and asks its page to do something. */
  command(command: ShellCommand): void {
    const { windows, commands } = this.#options;
    // A menu is one of the window in front; without one, the main window comes back.
    if (!windows.isFocused) windows.show();
    commands.send(command, windows.front?.webContents ?? null);
  }

  /** A link from anywhere: what is not understood only brings the window to the front. */
  openLink(link: string): void {
    const command = parseDeepLink(link);
    if (command) this.command(command);
    else {
      this.#options.log.warn({ link: link.slice(0, 200) }, 'A link that means nothing here');
      this.#options.windows.show();
    }
  }

  #page(command: CommandId): void {
    this.command({ type: 'command', command });
  }

  async #connected(client: EngineClient): Promise<void> {
    this.#jobs.reset();
    try {
      await this.#configure(await client.config.get());
    } catch (error) {
      // The engine went away again; the next one is asked anew.
      this.#options.log.warn({ err: error }, 'The configuration could not be read');
    }
    await this.#volumes.start(client);
  }

  async #handle(event: DomainEvent, client: EngineClient): Promise<void> {
    this.#jobs.handle(event);
    if (event.type === 'ConfigChanged') await this.#configure(event.config);
    else if (event.type === 'EventsLost') await this.#connected(client);
    else if (event.type.startsWith('Volume') || event.type.startsWith('Library')) {
      if (event.type === 'VolumeMountChanged' && !event.isMounted && this.#jobs.isUsing(event.fingerprint)) {
        this.#notifications.removedInUse(event.volume);
      }
      await this.#volumes.refresh(client);
    }
  }

  async #configure(config: Config): Promise<void> {
    this.#config = config;
    this.#options.windows.setTheme(config.appearance.theme);
    this.#notifications.isEnabled = config.desktop.notifications;
    setStartAtLogin(config.desktop.startAtLogin);
    await this.#options.texts.update(config.appearance);
    this.#showMenu();
    this.#tray.update(this.#shown);
  }

  #showVolumes({ volumes, asking, settled }: VolumeChange): void {
    this.#shown = volumes;
    this.#tray.update(volumes);
    for (const fingerprint of settled) this.#notifications.settled(fingerprint);
    for (const volume of asking) this.#notifications.mounted(volume);
    app.setBadgeCount(volumes.filter((volume) => volume.prompt !== null).length);
  }

  #showMenu(): void {
    const menu = applicationMenu(process.platform, this.#options.texts, this.#config?.explorer.shortcuts ?? {}, {
      page: (command) => this.#page(command),
      showLogs: () => void shell.openPath(join(this.#options.paths.dataDir, 'logs')),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
  }
}
