/** Subscribers to a map of events. What a subscriber throws is its own trouble: the engine goes on. */
export interface Emitter<Events> {
  /** Gives back the function that unsubscribes. */
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void;
  off<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): void;
  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void;
}

export function createEmitter<Events>(): Emitter<Events> {
  const listeners = new Map<keyof Events, Set<(event: never) => void>>();
  const off: Emitter<Events>['off'] = (name, listener) => {
    listeners.get(name)?.delete(listener);
  };
  return {
    on(name, listener) {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
      return () => {
        off(name, listener);
      };
    },
    off,
    emit(name, event) {
      for (const listener of [...(listeners.get(name) ?? [])])
        try {
          (listener as (event: Events[typeof name]) => void)(event);
        } catch {
          // A log or a page that breaks must not stop a device.
        }
    },
  };
}
