/**
 * @file A copy in a process of its own, for tests that kill it: `DATA_DIR FINGERPRINT SOURCE MOUNT_POINT`. Says
 * `{ "bytes": number }` as it goes on.
 */
import { CopyWorld } from './copy-world.ts';

const [dataDir = '', fingerprint = '', source = '', mountPoint = ''] = process.argv.slice(2);
const world = new CopyWorld(dataDir);
world.live.push({ mountPoints: [mountPoint], fingerprint, fileSystem: 'ext4', unresponsive: false, isReadOnly: false });
world.events.on('JobProgress', ({ progress }) => process.stdout.write(`${JSON.stringify({ bytes: progress.bytesDone })}\n`));
await world.copy([source], mountPoint);
process.stdout.write(`${JSON.stringify({ ended: true })}\n`);
