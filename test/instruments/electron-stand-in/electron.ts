/**
 * @file The `electron` module of the stand-in: what Mooring's main process uses of it, and nothing more. A window is a
 * real page in a real Chromium; whatever a person would see beside it (tray, notifications, menus, dialogs) is recorded
 * and can be clicked through the control channel.
 */
// biome-ignore-start lint/performance/noBarrelFile: `electron` is one module, and this file stands in its place.
export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { ClipboardItem, clipboard } from './clipboard.ts';
export { ipcMain, MessageChannelMain } from './message-ports.ts';
export { dialog, Menu, Notification, nativeImage, nativeTheme, Tray } from './native-ui.ts';
export { net, protocol } from './protocol.ts';
export { screen, session, shell } from './system.ts';

// biome-ignore-end lint/performance/noBarrelFile: end of the stand-in's surface.

import { startControl } from './control.ts';

startControl();
