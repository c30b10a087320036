import { type DragEvent, useState } from 'react';

interface OrderDrop {
  /** Of the drags that are taken, as in `DataTransfer.types`. */
  type: string;
  /** Finds the items in the element that has the `dropProps`, in their order. */
  items: string;
  /** Along which they lie. */
  axis: 'x' | 'y';
  /** @param index before which item it was dropped; their number after the last one */
  onDrop(index: number): void;
}

/** Takes an item that is dragged to another place in a row or column of such, and says before which one it would come. */
export function useOrderDrop({ type, items, axis, onDrop }: OrderDrop) {
  const [dropAt, setDropAt] = useState<number | null>(null);
  const isWanted = (event: DragEvent) => event.dataTransfer.types.includes(type);
  const placeOf = (event: DragEvent): number => {
    const elements = [...event.currentTarget.querySelectorAll(items)];
    const index = elements.findIndex((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return axis === 'x' ? event.clientX < left + width / 2 : event.clientY < top + height / 2;
    });
    return index < 0 ? elements.length : index;
  };
  return {
    dropAt,
    dropProps: {
      onDragOver: (event: DragEvent) => {
        if (!isWanted(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        setDropAt(placeOf(event));
      },
      onDragLeave: (event: DragEvent) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setDropAt(null);
      },
      onDrop: (event: DragEvent) => {
        setDropAt(null);
        if (!isWanted(event)) return;
        event.preventDefault();
        onDrop(placeOf(event));
      },
    },
  };
}
