/**
 * @file Runs sandboxed beside the page, in a world of its own. It hands the page its ports and the paths of what is dropped on the
 * window, and exposes nothing else: no function, no object, no way to reach another channel.
 */
import { ipcRenderer, webUtils } from 'electron';
import { CONNECT_MESSAGE, DROP_MESSAGE, PORTS_MESSAGE } from '#shared/page-ports.ts';

window.addEventListener('message', (event) => {
  if (event.source !== window || event.origin !== window.location.origin) return;
  if (event.data?.type === CONNECT_MESSAGE) ipcRenderer.send(CONNECT_MESSAGE);
});

ipcRenderer.on(PORTS_MESSAGE, (event) => {
  window.postMessage({ type: PORTS_MESSAGE }, window.location.origin, event.ports);
});

// A drop that a page makes up has no files of the system in it, and so no paths. Whatever of the page takes it keeps the event to itself.
window.addEventListener(
  'drop',
  (event) => {
    const paths = [...(event.dataTransfer?.files ?? [])].map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    if (paths.length > 0) window.postMessage({ type: DROP_MESSAGE, paths }, window.location.origin);
  },
  { capture: true },
);
