import { sql } from 'drizzle-orm';
import { check, index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { timestamp, uuidBlob } from './columns.ts';

/**
 * The database of one library. Each comment says what a row is and who may write it.
 * After a change here: `npm run migrations`, then review the SQL in `migrations/` by hand.
 */

/** A device that has opened this library. Written by `core/library` when a library opens. `last_seen_at` is history; nothing here says who is online now. */
export const devices = sqliteTable('devices', {
  uuid: uuidBlob('uuid').primaryKey(),
  name: text('name').notNull(),
  os: text('os', { enum: ['linux', 'macos', 'windows'] }).notNull(),
  osVersion: text('os_version').notNull(),
  hardwareModel: text('hardware_model'),
  networkAddresses: text('network_addresses', { mode: 'json' }).$type<string[]>().notNull().default([]),
  capabilities: text('capabilities', { mode: 'json' }).$type<Record<string, unknown>>().notNull().default({}),
  lastSeenAt: timestamp('last_seen_at').notNull(),
  createdAt: timestamp('created_at').notNull(),
});

/**
 * A volume that this library tracks. Written by `core/volume` alone. Whether it is mounted is not written here: the
 * `last_seen_…` columns and the capacities are history.
 */
export const volumes = sqliteTable(
  'volumes',
  {
    uuid: uuidBlob('uuid').primaryKey(),
    fingerprint: text('fingerprint').notNull().unique(),
    /** Null until the user names it: then the label, or a name made from what it is, is shown. */
    displayName: text('display_name'),
    label: text('label'),
    isFavorite: integer('is_favorite', { mode: 'boolean' }).notNull().default(false),
    color: text('color'),
    icon: text('icon'),
    trackedAt: timestamp('tracked_at').notNull(),
    lastSeenAt: timestamp('last_seen_at').notNull(),
    lastSeenMountPoint: text('last_seen_mount_point'),
    lastSeenDeviceId: uuidBlob('last_seen_device_id')
      .notNull()
      .references(() => devices.uuid),
    totalCapacity: integer('total_capacity').notNull(),
    availableCapacity: integer('available_capacity').notNull(),
    fileSystem: text('file_system').notNull(),
    mountType: text('mount_type', { enum: ['System', 'External', 'Network', 'Image'] }).notNull(),
    diskType: text('disk_type', { enum: ['SSD', 'HDD', 'Network', 'Virtual', 'Unknown'] }).notNull(),
    identitySource: text('identity_source', {
      enum: ['filesystem-uuid', 'partition-guid', 'hardware', 'marker', 'network-address', 'none'],
    }).notNull(),
    /** Hardware on which the user has accepted this identity: serial numbers, or a backing file's own identity. */
    hardwareIds: text('hardware_ids', { mode: 'json' }).$type<string[]>().notNull().default([]),
    /** Hardware of which the user has said that it is another drive with the same identity. */
    rejectedHardwareIds: text('rejected_hardware_ids', { mode: 'json' }).$type<string[]>().notNull().default([]),
    hardwareModel: text('hardware_model'),
    readSpeedMbps: real('read_speed_mbps'),
    writeSpeedMbps: real('write_speed_mbps'),
    lastSpeedTestAt: timestamp('last_speed_test_at'),
    totalFiles: integer('total_files'),
    totalDirectories: integer('total_directories'),
  },
  (table) => [check('volumes_fingerprint_hex', sql`length(${table.fingerprint}) = 64`)],
);

/** One mount, unmount, eject or speed test. Written by `core/volume`; a row that has ended never changes again. */
export const volumeOperations = sqliteTable(
  'volume_operations',
  {
    id: uuidBlob('id').primaryKey(),
    type: text('type', { enum: ['mount', 'unmount', 'eject', 'speed-test'] }).notNull(),
    status: text('status', { enum: ['pending', 'executing', 'completed', 'failed', 'cancelled'] }).notNull(),
    fingerprint: text('fingerprint').notNull(),
    request: text('request', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    response: text('response', { mode: 'json' }).$type<Record<string, unknown>>(),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    createdAt: timestamp('created_at').notNull(),
    updatedAt: timestamp('updated_at').notNull(),
    completedAt: timestamp('completed_at'),
  },
  (table) => [index('volume_operations_by_fingerprint').on(table.fingerprint, table.id)],
);

/** A setting of this library that is a key and a JSON value. Written by whoever owns the key. */
export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value', { mode: 'json' }).notNull(),
});
