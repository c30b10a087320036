ALTER TABLE `audit_log` ADD `error_reason` text;--> statement-breakpoint
ALTER TABLE `audit_log` ADD `undo_why` text;--> statement-breakpoint
ALTER TABLE `job_problems` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `error_reason` text;