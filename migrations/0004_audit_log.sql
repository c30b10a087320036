CREATE TABLE `audit_log` (
	`id` blob PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`input` text NOT NULL,
	`expected` text,
	`status` text NOT NULL,
	`result` text,
	`error_code` text,
	`error_message` text,
	`problem_count` integer NOT NULL,
	`device_id` blob NOT NULL,
	`device_name` text NOT NULL,
	`job_id` blob,
	`undo_state` text NOT NULL,
	`undo_reason` text,
	`undone_by` blob,
	`undo_facts` text,
	`undoes` blob,
	`search_text` text NOT NULL,
	`at` integer NOT NULL,
	`completed_at` integer
);
--> statement-breakpoint
CREATE INDEX `audit_log_by_status` ON `audit_log` (`status`,`id`);--> statement-breakpoint
ALTER TABLE `jobs` ADD `turn` real NOT NULL DEFAULT 0;--> statement-breakpoint
UPDATE `jobs` SET `turn` = `created_at`;
