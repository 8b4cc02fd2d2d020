"""What any small server of files needs: connections with deadlines, hosts that are ours, parts of files, names without a way out."""
