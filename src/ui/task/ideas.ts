// Where a lab sets no task: what one could break in it. Each is one command, and its symptoms follow from it.

/** By the key of its words. */
export const ideas = {
  apiServer: 'mv /etc/kubernetes/manifests/kube-apiserver.yaml /root/',
  kubelet: 'systemctl stop kubelet',
  image: 'kubectl run typo --image=ngnix',
  certificate: 'sed -i s/ca.crt/ca.cert/ /etc/kubernetes/manifests/kube-controller-manager.yaml',
  cordon: 'kubectl cordon controlplane; kubectl scale deployment app --replicas=3',
} as const;
