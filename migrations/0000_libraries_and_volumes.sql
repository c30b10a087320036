CREATE TABLE `devices` (
	`uuid` blob PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`os` text NOT NULL,
	`os_version` text NOT NULL,
	`hardware_model` text,
	`network_addresses` text DEFAULT '[]' NOT NULL,
	`capabilities` text DEFAULT '{}' NOT NULL,
	`last_seen_at` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `volume_operations` (
	`id` blob PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`status` text NOT NULL,
	`fingerprint` text NOT NULL,
	`request` text NOT NULL,
	`response` text,
	`error_code` text,
	`error_message` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`completed_at` integer
);
--> statement-breakpoint
CREATE INDEX `volume_operations_by_fingerprint` ON `volume_operations` (`fingerprint`,`id`);--> statement-breakpoint
CREATE TABLE `volumes` (
	`uuid` blob PRIMARY KEY NOT NULL,
	`fingerprint` text NOT NULL,
	`display_name` text,
	`label` text,
	`is_favorite` integer DEFAULT false NOT NULL,
	`color` text,
	`icon` text,
	`tracked_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`last_seen_mount_point` text,
	`last_seen_device_id` blob NOT NULL,
	`total_capacity` integer NOT NULL,
	`available_capacity` integer NOT NULL,
	`file_system` text NOT NULL,
	`mount_type` text NOT NULL,
	`disk_type` text NOT NULL,
	`identity_source` text NOT NULL,
	`hardware_ids` text DEFAULT '[]' NOT NULL,
	`rejected_hardware_ids` text DEFAULT '[]' NOT NULL,
	`hardware_model` text,
	`read_speed_mbps` real,
	`write_speed_mbps` real,
	`last_speed_test_at` integer,
	`total_files` integer,
	`total_directories` integer,
	FOREIGN KEY (`last_seen_device_id`) REFERENCES `devices`(`uuid`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "volumes_fingerprint_hex" CHECK(length("volumes"."fingerprint") = 64)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `volumes_fingerprint_unique` ON `volumes` (`fingerprint`);