CREATE TABLE `search_changes` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`entry_id` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `search_parts` (
	`id` integer PRIMARY KEY NOT NULL,
	`data` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `search_segments` (
	`id` integer PRIMARY KEY NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER `search_sees_change` AFTER UPDATE OF `parent_id`, `name`, `modified_ms`, `born_ms` ON `entries` BEGIN
	INSERT INTO `search_changes` (`entry_id`) VALUES (NEW.`id`);
END;
--> statement-breakpoint
CREATE TRIGGER `search_sees_removal` AFTER DELETE ON `entries` BEGIN
	INSERT INTO `search_changes` (`entry_id`) VALUES (OLD.`id`);
END;
