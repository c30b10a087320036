import { Box, Text, useApp, useInput } from 'ink';
import { useSyncExternalStore } from 'react';
import type { DomainEvent } from '#shared/contract/event.ts';
import type { SizeUnits } from '#shared/format-size.ts';
import { hasEnded } from '../printers/job-state.ts';
import { describeEvent } from './describe-event.ts';
import { JobLine } from './JobLine.tsx';
import { LocationLine } from './LocationLine.tsx';
import type { MonitorState } from './monitor-state.ts';
import { Heading, useTerminalSize } from './screen-parts.tsx';
import { VolumeLine } from './VolumeLine.tsx';

const SHOWN_JOBS = 5;
const SHOWN_LOCATIONS = 6;
const MIN_EVENTS = 3;
/** Title, four headings, the lines between them and the help. */
const FRAME_LINES = 11;

export function MonitorScreen({ state, units }: { state: MonitorState; units: SizeUnits }) {
  const { volumes, locations, jobs, events } = useSyncExternalStore(state.subscribe, state.snapshot);
  const { exit } = useApp();
  const { columns, rows } = useTerminalSize();
  useInput((input, key) => {
    if (input === 'q' || key.escape) exit();
  });
  // What goes on comes before what is over.
  const shownJobs = [...jobs].sort((a, b) => Number(hasEnded(a)) - Number(hasEnded(b)));
  const free = rows - FRAME_LINES - MIN_EVENTS;
  const jobLines = atLeastOne(jobs.length, Math.min(SHOWN_JOBS, Math.floor(free / 3)));
  const locationLines = atLeastOne(locations.length, Math.min(SHOWN_LOCATIONS, Math.floor(free / 3)));
  const volumeLines = atLeastOne(volumes.length, free - jobLines - locationLines);
  const eventLines = Math.max(1, rows - FRAME_LINES - jobLines - locationLines - volumeLines);
  return (
    <Box flexDirection="column" width={columns}>
      <Text bold>Mooring</Text>
      <Heading text="Volumes" hidden={volumes.length - volumeLines} />
      {volumes.length === 0 && <Text dimColor>none</Text>}
      {volumes.slice(0, volumeLines).map((volume) => (
        <VolumeLine key={volume.fingerprint} volume={volume} units={units} width={columns} />
      ))}
      <Heading text="Locations" hidden={locations.length - locationLines} />
      {locations.length === 0 && <Text dimColor>none</Text>}
      {locations.slice(0, locationLines).map((location) => (
        <LocationLine key={location.id} location={location} units={units} width={columns} />
      ))}
      <Heading text="Jobs" hidden={jobs.length - jobLines} />
      {jobs.length === 0 && <Text dimColor>none</Text>}
      {shownJobs.slice(0, jobLines).map((job) => (
        <JobLine key={job.id} job={job} units={units} />
      ))}
      <Heading text="Events" hidden={0} />
      {events.length === 0 && <Text dimColor>none yet</Text>}
      {events.slice(-eventLines).map((event) => (
        <EventLine key={event.id} event={event} />
      ))}
      <Text> </Text>
      <Text dimColor>q quits</Text>
    </Box>
  );
}

function EventLine({ event }: { event: DomainEvent }) {
  return (
    <Text wrap="truncate-end">
      <Text dimColor>{new Date(event.at).toTimeString().slice(0, 8)} </Text>
      {event.type} <Text dimColor>{describeEvent(event)}</Text>
    </Text>
  );
}

function atLeastOne(count: number, most: number): number {
  return Math.max(1, Math.min(count, most));
}
