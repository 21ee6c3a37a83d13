"""The web app: pages, the components that they are made of, and the theme."""
