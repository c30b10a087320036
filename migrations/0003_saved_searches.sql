CREATE TABLE `saved_searches` (
	`uuid` blob PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`query` text NOT NULL,
	`sort` text NOT NULL,
	`sort_order` text NOT NULL,
	`created_at` integer NOT NULL
);
