/** @file A process that tests the speed of a volume, for a test that kills it. Arguments: data folder, mount point. */
import { silentLogger } from '#core/log/create-logger.ts';
import { VolumeOperations } from '#core/volume/operations/volume-operations.ts';
import { VolumeWorld } from './volume-world.ts';

const [dataDir = '', mountPoint = ''] = process.argv.slice(2);
const world = await VolumeWorld.open({ dataDir });
await new VolumeOperations({ ...world, log: silentLogger, usesVolume: () => null }).speedTest(mountPoint);
