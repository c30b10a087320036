/**
 * @file Another program that writes a library's database. `hold FILE MS`: keeps it locked so long. `write FILE`: writes rows into a table of its
 * own until its input ends, and says how many. Says `ready` when it has begun.
 */
import Database from 'better-sqlite3';

const [mode, file = '', ms = '0'] = process.argv.slice(2);
const database = new Database(file, { fileMustExist: true, timeout: 20_000 });
database.exec('CREATE TABLE IF NOT EXISTS theirs (id INTEGER PRIMARY KEY)');

if (mode === 'hold') {
  database.exec('BEGIN IMMEDIATE; INSERT INTO theirs DEFAULT VALUES');
  console.log('ready');
  setTimeout(() => database.exec('COMMIT'), Number(ms));
} else {
  let written = 0;
  const timer = setInterval(() => {
    database.exec('INSERT INTO theirs DEFAULT VALUES');
    written++;
    if (written === 1) console.log('ready');
  }, 1);
  process.stdin
    .on('data', () => undefined)
    .on('end', () => {
      clearInterval(timer);
      console.log(written);
    });
}
