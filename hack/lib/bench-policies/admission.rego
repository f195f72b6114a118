# Whether a cluster takes an object in: images, privileges, limits, labels.
package admission

response := {"allowed": count(deny) == 0, "reasons": deny}

pod := input.request.object if input.request.kind.kind == "Pod"

pod := input.request.object.spec.template if input.request.kind.kind in {"Deployment", "StatefulSet", "DaemonSet", "Job"}

containers := array.concat(pod.spec.containers, object.get(pod.spec, "initContainers", []))

trusted(image) if {
    some registry in data.registries
    startswith(image, registry)
}

deny contains message if {
    some container in containers
    not trusted(container.image)
    message := sprintf("container %q: the image %q is from no known registry", [container.name, container.image])
}

deny contains message if {
    some container in containers
    not regex.match(`(:[0-9]+\.[0-9]+\.[0-9]+|@sha256:[0-9a-f]{64})$`, container.image)
    message := sprintf("container %q: the image %q has no fixed version", [container.name, container.image])
}

deny contains message if {
    some container in containers
    container.securityContext.privileged
    not input.request.namespace in data.privileged_namespaces
    message := sprintf("container %q is privileged in namespace %q", [container.name, input.request.namespace])
}

deny contains message if {
    some container in containers
    some resource in ["cpu", "memory"]
    not container.resources.limits[resource]
    message := sprintf("container %q has no limit of %s", [container.name, resource])
}

deny contains message if {
    some label in data.required_labels
    not input.request.object.metadata.labels[label]
    message := sprintf("label %q is missing", [label])
}

deny contains message if {
    some volume in pod.spec.volumes
    volume.hostPath
    not volume.hostPath.path in data.host_paths
    message := sprintf("volume %q mounts %q of the host", [volume.name, volume.hostPath.path])
}
