/**
 * Renders the icons of all systems from the SVG sources in resources/, with librsvg's `rsvg-convert`:
 * `npm run icons`. Up to 32 pixels icon-small.svg is used, which is drawn on the pixel grid.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const resources = fileURLToPath(new URL('../resources/', import.meta.url));
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

function render(svg, size) {
  return execFileSync('rsvg-convert', ['--width', `${size}`, '--height', `${size}`, '--format', 'png'], {
    input: svg,
    maxBuffer: 1 << 24,
  });
}

/** Microsoft's ICO container with PNG images: a header, 16 bytes per image, the images. */
function toIco(images) {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of images.entries()) {
    const at = 6 + 16 * index;
    // A byte cannot say 256; zero stands for it.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/** Apple's ICNS container with PNG images: chunks of a four-letter type, a big-endian length and the image. */
function toIcns(images) {
  const chunks = images.map(({ type, png }) => chunk(type, png));
  return chunk('icns', Buffer.concat(chunks));
}

function chunk(type, content) {
  const header = Buffer.alloc(8);
  header.write(type, 'latin1');
  header.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([header, content]);
}

const large = readFileSync(`${resources}icon.svg`, 'utf8');
const small = readFileSync(`${resources}icon-small.svg`, 'utf8');
const tray = readFileSync(`${resources}tray.svg`, 'utf8');
const icon = (size) => render(size <= 32 ? small : large, size);

mkdirSync(`${resources}icons`, { recursive: true });
mkdirSync(`${resources}tray`, { recursive: true });
const pngBySize = new Map(SIZES.map((size) => [size, icon(size)]));
for (const [size, png] of pngBySize) writeFileSync(`${resources}icons/${size}x${size}.png`, png);

writeFileSync(`${resources}icon.ico`, toIco([16, 24, 32, 48, 64, 256].map((size) => ({ size, png: pngBySize.get(size) }))));
// The types and the pixels each stands for: ic11 is 16 points at 2x, ic12 32 points, ic13 128, ic14 256, ic10 512.
const icnsTypes = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 };
writeFileSync(`${resources}icon.icns`, toIcns(Object.entries(icnsTypes).map(([type, size]) => ({ type, png: pngBySize.get(size) }))));

// macOS colours a "Template" image itself; elsewhere Mooring chooses by the panel's own theme.
const inks = { trayTemplate: '#000000', 'tray-light': '#1c2733', 'tray-dark': '#ffffff' };
for (const [name, ink] of Object.entries(inks)) {
  const svg = tray.replaceAll('#000000', ink);
  writeFileSync(`${resources}tray/${name}.png`, render(svg, 16));
  writeFileSync(`${resources}tray/${name}@2x.png`, render(svg, 32));
}
