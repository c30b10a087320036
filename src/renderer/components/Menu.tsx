import { Check } from 'lucide-react';
import { ContextMenu, DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import type { MenuItem } from './menu-item.ts';

/** What any menu looks like. */
export const MENU_CONTENT =
  'z-50 min-w-48 max-w-80 rounded-xl bg-raised p-1 text-sm shadow-float data-[state=open]:animate-appear max-h-(--radix-popper-available-height) overflow-y-auto';
/** What a line of any menu looks like. */
export const MENU_ITEM =
  'flex h-7.5 items-center gap-2.5 rounded-lg px-2 outline-none data-[disabled]:opacity-45 data-[highlighted]:bg-hover data-[highlighted]:outline-none';

/** An item has put the keyboard into a field: it stays there. */
function keepFocusInField(event: Event): void {
  if (document.activeElement instanceof HTMLInputElement) event.preventDefault();
}

interface MenuProps {
  /** A function is asked whenever the menu opens. */
  items: MenuItem[] | (() => MenuItem[]);
  children: ReactNode;
}

/** A button's menu. `header` is shown above the items. */
export function ActionMenu({ items, children, header, align = 'end' }: MenuProps & { header?: ReactNode; align?: 'start' | 'end' }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={MENU_CONTENT}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={keepFocusInField}
        >
          {header}
          <Items items={items} Item={DropdownMenu.Item} Separator={DropdownMenu.Separator} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** The menu of the right mouse button, the menu key and Shift+F10 on whatever it wraps. */
export function ContextActions({ items, children, onOpenChange }: MenuProps & { onOpenChange?: (isOpen: boolean) => void }) {
  return (
    <ContextMenu.Root modal={false} {...(onOpenChange ? { onOpenChange } : {})}>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className={MENU_CONTENT} collisionPadding={8} onCloseAutoFocus={keepFocusInField}>
          <Items items={items} Item={ContextMenu.Item} Separator={ContextMenu.Separator} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

interface ItemsProps {
  items: MenuProps['items'];
  Item: typeof DropdownMenu.Item;
  Separator: typeof DropdownMenu.Separator;
}

function Items({ items, Item, Separator }: ItemsProps) {
  return (typeof items === 'function' ? items() : items).map((item, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: separators have nothing but their place, and menus do not reorder.
    if (item === 'separator') return <Separator key={index} className="mx-2 my-1 h-px bg-line" />;
    const Icon = item.icon;
    return (
      <Item
        key={item.label}
        disabled={item.isDisabled ?? false}
        onSelect={item.onSelect}
        className={classNames(MENU_ITEM, item.isDanger ? 'text-bad' : 'text-ink')}
      >
        {Icon && <Icon aria-hidden className={classNames('size-4 shrink-0', !item.isDanger && 'text-soft')} strokeWidth={1.8} />}
        <span className="min-w-0 flex-1 truncate">{item.label}</span>
        {item.isChecked && <Check aria-hidden className="size-4 text-accent" />}
        {item.note && <span className="max-w-40 truncate pl-4 text-2xs text-faint">{item.note}</span>}
        {item.shortcut && <span className="pl-4 text-2xs text-faint tabular">{item.shortcut}</span>}
      </Item>
    );
  });
}
