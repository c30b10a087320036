/** What the page says of tabs and panes, of where one is, and of favourites. */
export const enWorkspace = {
  tab: {
    list: 'Tabs',
    listOf: 'Tabs of the {{pane}}',
    new: 'New tab',
    close: 'Close tab',
    closeNamed: 'Close {{name}}',
    closeOthers: 'Close other tabs',
    closeRight: 'Close tabs to the right',
    duplicate: 'Duplicate tab',
    moveOver: 'Move to the other pane',
    openBeside: 'Open beside this pane',
    reopen: 'Reopen closed tab',
    all: 'All tabs',
    offline: 'offline',
    openIn: 'Open in new tab',
    openInOther: 'Open in the other pane',
  },
  pane: {
    left: 'left pane',
    right: 'right pane',
    leftRegion: 'Left pane',
    rightRegion: 'Right pane',
    split: 'Split view',
    unsplit: 'Close the other pane',
    resize: 'Resize the panes',
  },
};
