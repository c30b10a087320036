CREATE TABLE `entries` (
	`id` integer PRIMARY KEY NOT NULL,
	`location_id` integer NOT NULL,
	`parent_id` integer,
	`name` blob NOT NULL,
	`sort_key` text NOT NULL,
	`kind` integer NOT NULL,
	`size` integer NOT NULL,
	`modified_ms` integer NOT NULL,
	`modified_ns` integer NOT NULL,
	`born_ms` integer,
	`inode` integer,
	`mode` integer,
	`extension` text,
	`in_large_folder` integer DEFAULT 0 NOT NULL,
	`link_target` blob,
	`file_count` integer,
	`folder_count` integer,
	`child_count` integer,
	`listed_ms` integer,
	`listed_ns` integer,
	`listing_hash` integer,
	`problem` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `entries_listing` ON `entries` (`parent_id`,`kind`,`sort_key`,`name`);--> statement-breakpoint
CREATE INDEX `entries_by_inode` ON `entries` (`inode`);--> statement-breakpoint
CREATE INDEX `entries_by_size` ON `entries` (`parent_id`,`kind`,`size`) WHERE in_large_folder = 1;--> statement-breakpoint
CREATE INDEX `entries_by_time` ON `entries` (`parent_id`,`kind`,`modified_ms`) WHERE in_large_folder = 1;--> statement-breakpoint
CREATE INDEX `entries_by_extension` ON `entries` (`parent_id`,`kind`,`extension`) WHERE in_large_folder = 1;--> statement-breakpoint
CREATE TABLE `job_log_lines` (
	`id` integer PRIMARY KEY NOT NULL,
	`job_id` blob NOT NULL,
	`at` integer NOT NULL,
	`level` text NOT NULL,
	`message` text NOT NULL,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `job_log_lines_by_job` ON `job_log_lines` (`job_id`,`id`);--> statement-breakpoint
CREATE TABLE `job_problems` (
	`id` integer PRIMARY KEY NOT NULL,
	`job_id` blob NOT NULL,
	`path` text NOT NULL,
	`code` text NOT NULL,
	`message` text NOT NULL,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `job_problems_by_job` ON `job_problems` (`job_id`,`id`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` blob PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`input` text NOT NULL,
	`state` blob,
	`status` text NOT NULL,
	`pause_reason` text,
	`priority` text NOT NULL,
	`progress` real,
	`progress_data` text NOT NULL,
	`output` text,
	`error_code` text,
	`error_message` text,
	`problem_count` integer DEFAULT 0 NOT NULL,
	`volumes` text NOT NULL,
	`writes_to` text NOT NULL,
	`parent_id` blob,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`completed_at` integer,
	`last_checkpoint_at` integer
);
--> statement-breakpoint
CREATE INDEX `jobs_by_status` ON `jobs` (`status`,`id`);--> statement-breakpoint
CREATE TABLE `locations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`uuid` blob NOT NULL,
	`device_id` blob NOT NULL,
	`volume_fingerprint` text NOT NULL,
	`path` blob NOT NULL,
	`name` text NOT NULL,
	`index_mode` text NOT NULL,
	`rules` text NOT NULL,
	`watch_enabled` integer NOT NULL,
	`is_paused` integer DEFAULT false NOT NULL,
	`root_entry_id` integer,
	`last_scan_at` integer,
	`last_full_scan_at` integer,
	`problem_count` integer DEFAULT 0 NOT NULL,
	`error_code` text,
	`error_message` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`device_id`) REFERENCES `devices`(`uuid`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `locations_uuid_unique` ON `locations` (`uuid`);--> statement-breakpoint
CREATE UNIQUE INDEX `locations_place` ON `locations` (`volume_fingerprint`,`path`);--> statement-breakpoint
ALTER TABLE `volumes` DROP COLUMN `total_files`;--> statement-breakpoint
ALTER TABLE `volumes` DROP COLUMN `total_directories`;