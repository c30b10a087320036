/**
 * Loaded into the real Electron before the app (`-r`): remembers the tray's menu and the notifications, which Electron
 * itself lets nobody ask for. Nothing of the app is replaced; what it shows is shown.
 */
const { dialog, Notification, Tray } = require('electron');

const seen = { trayMenu: null, notifications: [], folders: [] };
globalThis.mooringTest = seen;

const setContextMenu = Tray.prototype.setContextMenu;
Tray.prototype.setContextMenu = function (menu) {
  seen.trayMenu = menu;
  return setContextMenu.call(this, menu);
};

const show = Notification.prototype.show;
Notification.prototype.show = function () {
  const record = { notification: this, isShown: true };
  seen.notifications.push(record);
  this.on('close', () => {
    record.isShown = false;
  });
  return show.call(this);
};

dialog.showOpenDialog = async () => {
  const path = seen.folders.shift() ?? null;
  return { canceled: path === null, filePaths: path === null ? [] : [path] };
};
