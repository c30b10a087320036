import { AboutDialog } from '../features/about/AboutDialog.tsx';
import { UndoDialog } from '../features/action/UndoDialog.tsx';
import { CopyToDialog } from '../features/file-operation/CopyToDialog.tsx';
import { CreateEntryDialog } from '../features/file-operation/CreateEntryDialog.tsx';
import { CreateLinkDialog } from '../features/file-operation/CreateLinkDialog.tsx';
import { DeleteDialog } from '../features/file-operation/DeleteDialog.tsx';
import { RenameManyDialog } from '../features/file-operation/RenameManyDialog.tsx';
import { ShortcutSheet } from '../features/help/ShortcutSheet.tsx';
import { JobDialog } from '../features/job/JobDialog.tsx';
import {
  CreateLibraryDialog,
  DeleteLibraryDialog,
  LibraryStatisticsDialog,
  OpenLibraryDialog,
  RenameLibraryDialog,
  RestoreLibraryDialog,
} from '../features/library/LibraryDialogs.tsx';
import { useLibraries } from '../features/library/library-queries.ts';
import { TakeOverLibraryDialog } from '../features/library/TakeOverLibraryDialog.tsx';
import { AddLocationDialog } from '../features/location/AddLocationDialog.tsx';
import { LocationDialog } from '../features/location/LocationDialogs.tsx';
import { useLocations } from '../features/location/location-queries.ts';
import { SearchDialog } from '../features/search/SavedSearchDialogs.tsx';
import { SelectByNameDialog } from '../features/view/SelectByNameDialog.tsx';
import { MarkerConsentDialog, RenameVolumeDialog, UntrackVolumeDialog } from '../features/volume/VolumeDialogs.tsx';
import { useVolumes } from '../features/volume/volume-queries.ts';
import { useDialog } from './dialog-store.ts';

/** The open dialog. One about a volume, location or library that has gone meanwhile is not shown. */
export function Dialogs() {
  const open = useDialog((state) => state.open);
  const volumes = useVolumes().data?.items ?? [];
  const locations = useLocations().data?.items ?? [];
  const libraries = useLibraries().data?.items ?? [];
  if (!open) return null;
  switch (open.kind) {
    case 'about':
      return <AboutDialog />;
    case 'shortcuts':
      return <ShortcutSheet />;
    case 'create-library':
      return <CreateLibraryDialog />;
    case 'open-library':
      return <OpenLibraryDialog />;
    case 'take-over-library':
      return <TakeOverLibraryDialog {...open} />;
    case 'copy-to':
      return <CopyToDialog operation={open.operation} sources={open.sources} />;
    case 'create-entry':
      return <CreateEntryDialog {...open} />;
    case 'create-link':
      return <CreateLinkDialog {...open} />;
    case 'select-by-name':
      return <SelectByNameDialog />;
    case 'rename-many':
      return <RenameManyDialog sources={open.sources} />;
    case 'delete-files':
      return <DeleteDialog sources={open.sources} />;
    case 'undo-action':
      return <UndoDialog id={open.id} />;
    case 'add-location':
      return <AddLocationDialog key={open.paths.join('\n')} paths={open.paths} />;
    case 'job':
      return <JobDialog id={open.id} />;
    case 'save-search':
    case 'rename-search':
    case 'remove-search':
      return <SearchDialog dialog={open} />;
    case 'edit-location':
    case 'remove-location': {
      const location = locations.find((candidate) => candidate.id === open.id);
      return location ? <LocationDialog kind={open.kind} location={location} /> : null;
    }
    case 'volume-marker':
      return <MarkerConsentDialog fingerprint={open.fingerprint} name={open.name} />;
    case 'rename-volume':
    case 'untrack-volume': {
      const volume = volumes.find((candidate) => candidate.fingerprint === open.fingerprint);
      if (!volume) return null;
      return open.kind === 'rename-volume' ? <RenameVolumeDialog volume={volume} /> : <UntrackVolumeDialog volume={volume} />;
    }
    default: {
      const library = libraries.find((candidate) => candidate.id === open.id);
      if (!library) return null;
      if (open.kind === 'rename-library') return <RenameLibraryDialog library={library} />;
      if (open.kind === 'delete-library') return <DeleteLibraryDialog library={library} />;
      if (open.kind === 'restore-library') return <RestoreLibraryDialog library={library} />;
      return <LibraryStatisticsDialog library={library} />;
    }
  }
}
