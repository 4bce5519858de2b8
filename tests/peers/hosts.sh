#!/bin/sh
# hosts.sh - run a command that finds two hosts, `east` and `west`, by `ssh -F $SSH_CONFIG`.
#
# Each is a network namespace with an sshd of its own; they see the same files. All of it is gone when
# the command has ended. Root is needed; exit 77: that cannot be had here, and why.
set -u

lacks() {
  echo "hosts.sh: $*" >&2
  exit 77
}

if [ "${1:-}" != --inside ]; then
  for need in unshare ip ssh ssh-keygen; do
    command -v $need >/dev/null || lacks "$need is not installed"
  done
  command -v sshd >/dev/null || [ -x /usr/sbin/sshd ] || lacks 'sshd is not installed'
  [ "$(id -u)" = 0 ] || lacks 'root is needed for network namespaces with sshd'
  unshare -mn true 2>/dev/null || lacks 'no namespaces can be made here'
  exec unshare -mn -- "$0" --inside "$@"
fi
shift

folder=$(mktemp -d)
finish() {
  for host in east west; do
    [ ! -f "$folder/$host.pid" ] || kill "$(cat "$folder/$host.pid")"
  done
  rm -rf "$folder"
}
trap finish EXIT

sshd=$(command -v sshd || echo /usr/sbin/sshd)
mount -t tmpfs none /run && mkdir /run/sshd /run/netns || lacks 'no file system can be mounted here'
ip link set lo up
ssh-keygen -q -t ed25519 -N '' -f "$folder/key" && ssh-keygen -q -t ed25519 -N '' -f "$folder/host" ||
  lacks 'no keys can be made'
number=0
for host in east west; do
  number=$((number + 1))
  ip netns add $host &&
    ip link add to-$host type veth peer name net netns $host &&
    ip addr add 192.0.2.$((number * 4 + 1))/30 dev to-$host && ip link set to-$host up &&
    ip -n $host addr add 192.0.2.$((number * 4 + 2))/30 dev net && ip -n $host link set net up ||
    lacks 'no network can be laid here'
  cat >"$folder/$host.conf" <<END
ListenAddress 192.0.2.$((number * 4 + 2)):2222
HostKey $folder/host
AuthorizedKeysFile $folder/key.pub
PidFile $folder/$host.pid
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
MaxStartups 100
END
  cat >>"$folder/config" <<END
Host $host
  HostName 192.0.2.$((number * 4 + 2))
END
  ip netns exec $host "$sshd" -f "$folder/$host.conf" -E "$folder/$host.log" ||
    lacks "sshd does not start: $(cat "$folder/$host.log")"
done
cat >>"$folder/config" <<END
Host *
  User root
  Port 2222
  IdentityFile $folder/key
  IdentitiesOnly yes
  BatchMode yes
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  LogLevel ERROR
END
for host in east west; do
  ssh -F "$folder/config" $host true || lacks "$host does not answer: $(cat "$folder/$host.log")"
done

SSH_CONFIG=$folder/config "$@"
