/** Events as a component records them, before they are correlated and sent. */
export interface EventTarget { readonly apiVersion?: string; readonly kind: string; readonly name: string; readonly namespace?: string; readonly uid?: string; readonly resourceVersion?: string; readonly fieldPath?: string }
export interface EventSpec { readonly about: EventTarget; readonly type: 'Normal' | 'Warning'; readonly reason: string; readonly message: string; /** µs: when it happened. */ readonly at: number }
/** Who records: `kubelet` on `controlplane`. */
export interface EventSource { readonly component: string; readonly host: string }
