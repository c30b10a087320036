/** The help, and the first steps. */
export const enHelp = {
  help: {
    title: 'Help',
    intro:
      'Mooring keeps your drives in view, plugged in or not: what is on them, where it is, and that it arrives whole where you copy it.',
    begin: 'Beginning',
    topics: 'Topics',
    shortcuts: 'Keyboard shortcuts',
    changeKeys: 'Change keys…',
    inLists: 'In lists of files',
    listKey: {
      move: 'Move',
      extend: 'Extend the selection',
      toggle: 'Add to the selection, or take away',
      ends: 'First and last',
      menu: 'Menu of what is selected',
      clear: 'Clear the selection',
    },
    topic: {
      drives: {
        title: 'Drives and tracking',
        intro: 'A tracked drive keeps its place in your library after it is unplugged.',
        point: {
          tracking: {
            title: 'Track a drive',
            text: 'When a drive is plugged in, Mooring asks in the corner whether to track it. Tracking writes nothing onto the drive, unless it has no identity of its own; then Mooring asks before it leaves a small hidden file there.',
          },
          offline: {
            title: 'While it is away',
            text: 'A tracked drive that is unplugged stays in the sidebar, greyed, and says when and where it was seen last. Of folders that are indexed you can browse and search everything; what needs the drive itself says so.',
          },
          identity: {
            title: 'Which drive is it?',
            text: 'Mooring knows drives by what they are, not by where they are mounted or what they are called. Where two are copies of each other, it asks which one is which.',
          },
          eject: {
            title: 'Eject',
            text: 'Eject pauses what Mooring does on the drive, waits until everything is written, and says when it can be unplugged. A drive that is pulled out all the same does no harm: jobs wait for it, and go on when it is back.',
          },
        },
      },
      libraries: {
        title: 'Libraries',
        intro: 'A library is one folder that holds what Mooring knows: your drives, locations, searches and history.',
        point: {
          what: {
            title: 'What is in it',
            text: 'A folder “NAME.sdlibrary” with a database and what belongs to it. Your files are not in it; they stay where they are.',
          },
          several: {
            title: 'Several libraries',
            text: 'The button at the top of the sidebar switches between libraries, makes new ones, and opens those that lie elsewhere, also on an external drive.',
          },
          lock: {
            title: 'One computer at a time',
            text: 'An open library is locked, so that two computers cannot write to it at once. Is the other computer gone for good, you can take the library over.',
          },
          backup: {
            title: 'Backups',
            text: 'Before every change of its format Mooring backs the library up. A backup is restored from the menu of the library; the present state is kept as a backup, too.',
          },
        },
      },
      index: {
        title: 'Locations and the index',
        intro: 'A location is a folder, or a whole drive, that Mooring indexes and watches.',
        point: {
          locations: {
            title: 'Add a location',
            text: 'Press the plus beside “Locations” in the sidebar, drop a folder there, or choose “Add location…” in its menu. All of its names, sizes and times are read once; after that only what changes.',
          },
          watching: {
            title: 'Kept up with',
            text: 'What other programs change shows within moments. What changed while Mooring was not running, or the drive elsewhere, is looked for when it is back.',
          },
          rules: {
            title: 'What is left out',
            text: 'Each location has rules: system junk, hidden files, build folders, what a .gitignore names, sizes and extensions. They only concern the index; nothing on the disk is touched.',
          },
          sizes: {
            title: 'Sizes of folders',
            text: 'Folders in a location show how much they hold, at any depth, without being read again.',
          },
        },
      },
      search: {
        title: 'Search',
        intro: 'One field finds everything in your locations, also on drives that are not plugged in.',
        point: {
          everywhere: {
            title: 'Everywhere at once',
            text: 'Type into the field at the top. Every hit says which drive it is on, and whether that is here.',
          },
          language: {
            title: 'More than words',
            text: 'Words are found anywhere in names. Filters narrow that down: by kind, extension, size, time, folder or drive. The field proposes what can be written as you type.',
          },
          saved: {
            title: 'Saved searches',
            text: 'A search that you save stands in the sidebar with the number of what it finds, kept up to date.',
          },
        },
      },
      copies: {
        title: 'Copies you can trust',
        intro: 'Mooring copies to other drives so that nothing is lost, whatever happens on the way.',
        point: {
          verified: {
            title: 'Verified',
            text: 'A copy is written under a temporary name, flushed, and read back from the drive where that is asked for; only then does it get its name. What is moved to another drive is always read back before its original goes.',
          },
          interrupted: {
            title: 'Interrupted',
            text: 'A cable that is pulled, a full drive, a crash: the job waits or is found again, and goes on where it was, also in the middle of a large file.',
          },
          conflicts: {
            title: 'Names that are taken',
            text: 'Folders are merged. For files of the same name you see both sides, and choose for each, or for all: keep both, replace, or skip.',
          },
          nothingReplaced: {
            title: 'Nothing is lost quietly',
            text: 'What could not be copied stands in the report of the job with the reason, and can be tried again.',
          },
        },
      },
      undo: {
        title: 'Undo, history and trash',
        intro: 'Whatever you do to files is written down, and most of it can be taken back.',
        point: {
          history: {
            title: 'History',
            text: 'The history lists every action with what it did and how it ended. Copies, moves, renames and what went to the trash can be undone from there for 30 days.',
          },
          trash: {
            title: 'Trash',
            text: 'Mooring uses the trash of your system, on each drive its own, so that other programs show the same. The trash page shows all of them together.',
          },
          limits: {
            title: 'Where it ends',
            text: 'Undoing first looks whether everything is still as the action left it. If not, it says why, and changes nothing. What is deleted permanently is gone.',
          },
        },
      },
      terminal: {
        title: 'Command line and browser',
        intro: 'The same engine runs behind a command line and a web page, also on a computer without a screen.',
        point: {
          cli: {
            title: 'Command line',
            text: 'The command “mooring” does what the window does, and prints JSON for scripts with --json.',
          },
          web: {
            title: 'In a browser',
            text: '“mooring start --http” serves this page to the browser of the same computer, at an address with a key in it.',
          },
          links: {
            title: 'Links',
            text: 'mooring:// links open a drive or a folder in the app. They may show something, and never do anything.',
          },
        },
      },
    },
  },
  start: {
    title: 'Getting started',
    text: 'Three things, and Mooring knows your files.',
    progress: '{{done}} of {{all}} done',
    dismiss: 'Hide the first steps',
    done: 'Done',
    track: {
      title: 'Track a drive',
      text: 'It keeps its place here when it is unplugged.',
      action: 'Track {{name}}',
      none: 'Plug in a drive, and Mooring asks.',
    },
    index: { title: 'Add a folder', text: 'Everything in it can be found, also while its drive is away.', action: 'Add location…' },
    palette: { title: 'Try the palette', text: 'Everything that Mooring can do, by a few letters.', action: 'Open the palette' },
    finished: 'That is all you need. Press ? for the keys, or open the help.',
    openHelp: 'Open the help',
  },
};
